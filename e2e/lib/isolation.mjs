// A network with nobody in it but this computer: no route, no name server. What is started inside reaches nobody, whatever it tries.
//
// Files, displays and message buses are not of the network; they are the same inside and outside.

import { output, start, stop, until } from './processes.mjs';

const IP = '/usr/sbin/ip';

export class Isolation {
  /** Needs the rights for a network of one's own. */
  static async begin() {
    const isolation = new Isolation();
    isolation.holder = start('unshare', ['--net', 'sh', '-c', `${IP} link set lo up && echo ready && exec sleep infinity`], { env: { PATH: process.env.PATH } });
    await until('a network apart', () => isolation.holder.said.includes('ready'));
    const routes = await output(...isolation.inside(IP, '-oneline', 'link'));
    if (routes.split('\n').some((link) => !link.includes(' lo: '))) throw new Error(`More than this computer is in reach: ${routes}`);
    return isolation;
  }

  /** A program and its arguments, as `start` and `output` take them, to be started inside. */
  inside = (program, ...args) => ['nsenter', [`--net=/proc/${this.holder.pid}/ns/net`, program, ...args]];

  end = () => stop(this.holder);
}
