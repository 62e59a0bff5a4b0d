import 'slidewright';

// The test says in the address where its service is.
const endpoint = new URLSearchParams(location.search).get('endpoint');
document.querySelector('slide-wright').setAttribute('endpoint', endpoint);
