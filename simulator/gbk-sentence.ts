/** GBK bytes of `{"code":200,"message":"成功","data":{}}`: the region's old machines forget that JSON is UTF-8. */
export const gbkSentence: Buffer = Buffer.concat([
  Buffer.from('{"code":200,"message":"', 'latin1'),
  Buffer.from([0xb3, 0xc9, 0xb9, 0xa6]),
  Buffer.from('","data":{}}', 'latin1'),
]);
