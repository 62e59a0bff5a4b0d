// A bundler that is told to treat the file as an asset gives its address.
declare const url: string;
export default url;
