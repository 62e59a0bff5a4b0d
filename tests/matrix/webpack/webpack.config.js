export default {
  entry: './main.js',
  output: { filename: 'main.js', clean: true },
  // The page itself is no part of the build.
  devServer: { static: '.', host: '127.0.0.1' },
};
