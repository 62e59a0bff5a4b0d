import 'slidewright/inline';

const endpoint = new URLSearchParams(location.search).get('endpoint');
document.querySelector('slide-wright').setAttribute('endpoint', endpoint);
