// What a page may do beside the tag; the widget needs none of it.
const widget = document.querySelector('slide-wright');
const output = document.querySelector('output');

widget.addEventListener('slidewright-accepted', () => {
  output.textContent = 'You can close this page: your deck waits here for a day.';
});
widget.addEventListener('slidewright-complete', () => {
  output.textContent = 'Good luck with your talk!';
});
