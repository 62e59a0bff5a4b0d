import type { SlidewrightEvents } from 'slidewright';
import 'slidewright';

import { html, render } from 'lit';

import { after, before, endpoint, headers } from '../setting';

let setting = before;
let heard = '';

function hear(word: string) {
  heard += ` ${word}`;
  draw();
}

function draw() {
  const page = html`
    <slide-wright
      provider="presenton"
      endpoint=${endpoint}
      slide-count=${setting.count}
      .messages=${setting.messages}
      .headers=${headers}
      @slidewright-ready=${() => hear('ready')}
      @slidewright-complete=${(event: SlidewrightEvents['slidewright-complete']) => hear(event.detail.state)}
    ></slide-wright>
    <button id="change" @click=${() => { setting = after; draw(); }}>Change</button>
    <p id="heard">${heard}</p>
  `;
  render(page, document.querySelector<HTMLElement>('#app')!);
}

draw();
