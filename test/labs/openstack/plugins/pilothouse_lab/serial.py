"""The serial line of each server, as a hypervisor has it: a TCP port of loopback, one for each. What answers there is
made up, for nothing runs in a server: silent until Enter, a login without a password, and four commands (hostname,
echo, exit, poweroff). It runs nothing. Called by the driver, inside nova-compute."""
import eventlet


class SerialLines:
    def __init__(self):
        self.ports = {}

    def port_of(self, instance):
        """The same at each call: Nova's proxy asks again before it lets anybody through."""
        if instance.uuid not in self.ports:
            listening = eventlet.listen(('127.0.0.1', 0))
            self.ports[instance.uuid] = listening.getsockname()[1]
            eventlet.spawn_n(eventlet.serve, listening, lambda sock, _: Line(sock, instance.hostname).run())
        return self.ports[instance.uuid]


class Line:
    def __init__(self, sock, hostname):
        self.sock, self.hostname = sock, hostname
        self.prompt = f'{hostname} login: '
        self.typed = ''

    def say(self, text):
        self.sock.sendall(text.encode())

    def run(self):
        try:
            while part := self.sock.recv(1024):
                for letter in part.decode(errors='replace'):
                    if letter not in '\r\n':
                        self.typed += letter
                        self.say(letter)
                    elif not self.entered():
                        return
        except OSError:
            pass
        finally:
            self.sock.close()

    def entered(self):
        """Answers a line; false where the machine goes off."""
        line, self.typed = self.typed.strip(), ''
        if self.prompt != '$ ':
            if line:
                self.say(f'\r\nWelcome to {self.hostname}.')
                self.prompt = '$ '
        elif line == 'poweroff':
            self.say('\r\nThe system is going down.\r\n')
            eventlet.sleep(0.5)  # Nova's proxy drops what it has not sent yet when this end closes.
            return False
        elif line == 'exit':
            self.prompt = f'{self.hostname} login: '
        elif line == 'hostname':
            self.say(f'\r\n{self.hostname}')
        elif line.startswith('echo '):
            self.say(f'\r\n{line[5:]}')
        elif line:
            self.say(f'\r\n{line}: not found')
        self.say(f'\r\n{self.prompt}')
        return True
