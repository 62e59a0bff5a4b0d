// What the typings have to refuse: the check fails where they do not.
import { SlideWright } from 'slidewright/react';

// @ts-expect-error No such colour scheme.
export const value = <SlideWright colorScheme="pink" />;
// @ts-expect-error A number is no set of texts.
export const property = <SlideWright messages={1} />;
// @ts-expect-error No such member of the event.
export const listener = <SlideWright onComplete={(event) => event.detail.nothing} />;
