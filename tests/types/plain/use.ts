// A page without a framework: the DOM's own types know the element.
import {
  type ErrorDetail, type GenerationRequest, type SlideWrightElement, type SlidewrightEvents,
  type SlidewrightMethods, type SlidewrightOptions, type Snapshot, type State,
  SlideWrightElementClass, configure,
} from 'slidewright';

configure({ wasmUrl: new URL('https://host.test/slidewright.wasm') });
void SlideWrightElementClass.preload();

const found: SlideWrightElement | null = document.querySelector('slide-wright');
const widget = document.createElement('slide-wright');
widget.provider = 'presenton';
widget.provider = 'a service of tomorrow';
widget.slideCount = 8;
widget.slideCount = '8';
widget.messages = { submit: 'Make it' };
widget.descriptor = { name: 'mine' };
widget.headers = async ({ purpose, jobId, signal }) => {
  const word: 'submit' | 'status' | 'answer' | 'refresh' | 'export' | 'upload' | 'list' | 'download' = purpose;
  const id: string | null = jobId;
  return signal.aborted ? {} : { authorization: `Bearer ${word} ${id}` };
};
widget.beforeSubmit = (request, { values }) => {
  if (!values['terms']) return { message: 'Please agree', action: { label: 'Terms', href: '/terms' } };
  return { ...request, slideCount: 5 };
};
widget.choices = { template: ['plain', { value: 'tpl_1', label: 'Ours', thumbnail: '/one.png' }] };
widget.submit({ prompt: 'Bees', slideCount: 5, webSearch: true });
widget.answer('Yes');
widget.stopWatching();
widget.prompt = undefined;
const snapshot: Snapshot | null = widget.snapshot;
const state: State | undefined = snapshot?.state;

widget.addEventListener('slidewright-accepted', (event) => {
  const id: string | undefined = event.detail.jobId;
  console.log(id, event.detail.state satisfies State);
});
widget.addEventListener('slidewright-error', ({ detail }) => {
  const { code, charged, reason, message }: ErrorDetail = detail;
  console.log(code, charged === 'unknown', reason === 'not-wasm', message);
});
widget.addEventListener('slidewright-submit', (event) => {
  const request: GenerationRequest = event.detail.request;
  if (!request.prompt) event.preventDefault();
});
const heard = (event: SlidewrightEvents['slidewright-complete']) => console.log(event.detail.charged);
widget.addEventListener('slidewright-complete', heard, { once: true });
widget.removeEventListener('slidewright-complete', heard);
widget.addEventListener('click', () => {});

// @ts-expect-error: no such value
widget.resume = 'for ever';
// @ts-expect-error: no number
widget.endpoint = 5;
// @ts-expect-error: it can only be read
widget.snapshot = null;
// @ts-expect-error: an answer is a text
widget.answer(5);
// @ts-expect-error: no such field of a request
widget.submit({ slides: 5 });
// @ts-expect-error: headers are texts
widget.headers = { authorization: 5 };
// @ts-expect-error: no such member of the detail
widget.addEventListener('slidewright-ready', (event) => event.detail.deck);
// @ts-expect-error: no such attribute
const wrong: keyof SlidewrightOptions = 'apiKey';
const right: keyof SlidewrightOptions | keyof SlidewrightMethods = 'refreshLinks';

export { found, right, state, wrong };
