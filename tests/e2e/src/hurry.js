// Time limits are longer than a test can wait, so the long timers of this page
// go off in a fifth of their time. Shorter ones, by which a page lives, and
// all clocks stay as they are.
(() => {
  const LONG = 20_000;
  const set = window.setTimeout;
  window.setTimeout = (then, delay = 0, ...args) =>
    set.call(window, then, delay >= LONG ? delay / 5 : delay, ...args);
})();
