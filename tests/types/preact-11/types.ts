import type {} from 'slidewright/types/preact';
