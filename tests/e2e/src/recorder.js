// The first script of every page of the tests: records what the page hears and
// says, and plays the world around it. Every list only grows. `OFFSET` stands
// before it: by how much the page's clock is wrong, in milliseconds.
(() => {
  const record = { events: [], console: [], violations: [], traces: {} };
  Object.defineProperty(window, 'record', { value: record });

  const NAMES = [
    'ready', 'change', 'submit', 'accepted', 'status', 'question', 'answer', 'complete', 'download', 'error', 'stop',
    'resume',
  ];
  for (const name of NAMES) {
    window.addEventListener(
      `slidewright-${name}`,
      (event) => {
        const detail = JSON.parse(JSON.stringify(event.detail ?? null));
        record.events.push({ name, id: event.target.id, detail });
      },
      true,
    );
  }

  for (const level of ['error', 'warn']) {
    const say = console[level];
    console[level] = (...words) => {
      record.console.push({ level, text: words.map(String).join(' ') });
      say.apply(console, words);
    };
  }
  window.addEventListener('error', (event) => {
    record.console.push({ level: 'uncaught', text: String(event.message) });
  });
  window.addEventListener('unhandledrejection', (event) => {
    record.console.push({ level: 'unhandled', text: String(event.reason) });
  });
  document.addEventListener('securitypolicyviolation', (event) => {
    // Two engines ask for it by themselves, and complain about it to the page.
    if (event.blockedURI.endsWith('/favicon.ico')) return;
    record.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
  });

  // Each value that `read` has after a change in the widget's tree, once in a row.
  record.trace = (name, element, read) => {
    const values = (record.traces[name] = []);
    const look = () => {
      const value = read(element.shadowRoot);
      if (value !== values.at(-1)) values.push(value);
    };
    const options = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(look).observe(element.shadowRoot, options);
    look();
  };

  // The wall's clock, as `Date.now` tells it; what `new Date()` says stays right.
  const now = Date.now;
  let offset = OFFSET;
  Date.now = () => now() + offset;
  record.clock = (ms) => {
    offset = ms;
  };

  // What a browser tells a page when the network goes and comes.
  record.offline = (offline) => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => !offline });
    window.dispatchEvent(new Event(offline ? 'offline' : 'online'));
  };
})();
