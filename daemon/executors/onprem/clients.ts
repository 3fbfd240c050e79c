// The clients of SSH and SNMP, together in a bundle of their own that is loaded when the first server or device is called:
// half a megabyte that most never need.

export { default as snmp } from 'net-snmp';
export { default as ssh } from 'ssh2';
