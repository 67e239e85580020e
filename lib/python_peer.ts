/** The former name of {@linkcode Peer}, for benchmarks that still import it. @module */
export { Peer as PythonPeer } from "./peer.ts";
