// The module: deflated, in base64; made by `cargo xtask build`.
declare const packed: string;
export default packed;
