import { createJob } from 'slidewright/headless';

const endpoint = new URLSearchParams(location.search).get('endpoint');
const job = createJob({ provider: 'presenton', endpoint });

job.subscribe((snapshot) => {
  document.querySelector('p').textContent = snapshot?.state ?? 'not yet';
});
document.querySelector('button').addEventListener('click', () => {
  job.submit({ prompt: 'Bees in the city' });
});
