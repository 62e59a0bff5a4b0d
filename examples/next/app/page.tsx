import { Maker } from './maker';

export default function Page() {
  return (
    <>
      <h1>A talk by tomorrow?</h1>
      <p>Say what it is about. The slides are ready before your coffee is.</p>
      <Maker />
    </>
  );
}
