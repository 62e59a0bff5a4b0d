import { Maker } from './maker';

type Props = { searchParams: Promise<{ endpoint?: string }> };

/** Rendered on the server for each request. */
export default async function Page({ searchParams }: Props) {
  const { endpoint } = await searchParams;
  return <Maker endpoint={endpoint ?? ''} />;
}
