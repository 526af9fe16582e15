/** Bytes that nobody has read beyond which nothing more is said. */
const mostUnread = 65_536;

/** Where lines go; `writableLength` is what whoever reads has not taken yet. */
interface Outlet {
  readonly writableLength: number;
  write(text: string): unknown;
}

/**
 * Says the lines of a service, which nobody need read: a pipe that is full would else have its lines kept in memory without
 * end. Those beyond a bound are dropped, and how many they were is told before the next that goes out.
 */
export function unreadLines(outlet: Outlet, told: (dropped: number) => string): (line: string) => void {
  let dropped = 0;
  return (line) => {
    if (outlet.writableLength > mostUnread) {
      dropped += 1;
      return;
    }
    outlet.write(dropped === 0 ? `${line}\n` : `${told(dropped)}\n${line}\n`);
    dropped = 0;
  };
}
