// What the typings have to refuse: the check fails where they do not. Templates of
// Lit are text, which TypeScript does not read; what is done by script it does.
import type {} from 'slidewright';

const widget = document.querySelector('slide-wright')!;
// @ts-expect-error No such colour scheme.
widget.colorScheme = 'pink';
// @ts-expect-error A number is no set of texts.
widget.messages = 1;
// @ts-expect-error No such member of the event.
widget.addEventListener('slidewright-complete', (event) => event.detail.nothing);
