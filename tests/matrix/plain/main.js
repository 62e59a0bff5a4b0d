const query = new URLSearchParams(location.search);
document.querySelector('slide-wright').setAttribute('endpoint', query.get('endpoint'));

// From wherever the test says, which may be another origin.
const elsewhere = query.get('script');
if (elsewhere) {
  const script = document.createElement('script');
  script.type = 'module';
  script.src = elsewhere;
  document.head.append(script);
}
