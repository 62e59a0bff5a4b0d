// What is typed into a field is nobody else's business. Outside a shadow root the
// key seems to come from the element, which hotkeys do not know for a field.

const FIELD = 'input,textarea,select';

/** Keeps plain typing inside; what could be meant for the page goes through. */
export function keepTyping(root: ShadowRoot): void {
  const keep = (event: Event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event as KeyboardEvent;
    const at = target as Element;
    // The host's own controls, in slots, pass here too.
    if (!root.contains(at)) return;
    // AltGr is reported as Ctrl and Alt, and types.
    const held = ctrlKey || metaKey || altKey;
    if (held && !(event as KeyboardEvent).getModifierState('AltGraph')) return;
    // Dialogs close by Escape, focus traps live by Tab.
    if (/^(Esc|Tab|F\d)/.test(key)) return;
    if (at.matches(FIELD) || key === 'Enter' || key === ' ') event.stopPropagation();
  };
  for (const type of ['keydown', 'keypress', 'keyup']) root.addEventListener(type, keep);
}
