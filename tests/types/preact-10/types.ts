// The other way to take them in.
/// <reference types="slidewright/types/preact" />
