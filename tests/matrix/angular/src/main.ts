import type { SlidewrightEvents } from 'slidewright';
import 'slidewright';

import { CUSTOM_ELEMENTS_SCHEMA, Component, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';

import { after, before, endpoint, headers } from '../setting';

@Component({
  selector: 'host-page',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <slide-wright
      provider="presenton"
      [attr.endpoint]="endpoint"
      [attr.slide-count]="setting().count"
      [messages]="setting().messages"
      [headers]="headers"
      (slidewright-ready)="hear('ready')"
      (slidewright-complete)="complete($event)"
    ></slide-wright>
    <button id="change" (click)="setting.set(after)">Change</button>
    <p id="heard">{{ heard() }}</p>
  `,
})
class HostPage {
  endpoint = endpoint;
  headers = headers;
  after = after;
  setting = signal(before);
  heard = signal('');

  hear(word: string) {
    this.heard.update((heard) => `${heard} ${word}`);
  }

  complete(event: SlidewrightEvents['slidewright-complete']) {
    this.hear(event.detail.state);
  }
}

void bootstrapApplication(HostPage, { providers: [provideZonelessChangeDetection()] });
