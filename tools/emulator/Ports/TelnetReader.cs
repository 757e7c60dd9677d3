namespace LabEdge.Emulator;

// Read RFC 854, RFC 857 and RFC 858 before changing this file.

/// <summary>Takes the commands of telnet out of what a terminal sends, and answers them: we echo and suppress go-ahead, and nothing else.</summary>
public sealed class TelnetReader
{
    /// <summary>IAC: what follows is a command; twice: the octet itself.</summary>
    public const byte Command = 255;

    private const byte Dont = 254;
    private const byte Do = 253;
    private const byte Wont = 252;
    private const byte Will = 251;
    private const byte Subnegotiation = 250;
    private const byte InterruptProcess = 244;
    private const byte Break = 243;
    private const byte SubnegotiationEnd = 240;
    private const byte Echo = 1;
    private const byte SuppressGoAhead = 3;
    private const int CtrlC = 3;

    private enum State
    {
        Text,
        Command,
        Option,
        Inside,
        InsideCommand,
    }

    private State _state;
    private byte _verb;

    /// <summary>What we say first: character by character, and the echo is ours.</summary>
    public static byte[] Offer { get; } = [Command, Will, Echo, Command, Will, SuppressGoAhead, Command, Do, SuppressGoAhead];

    public void Restart() => _state = State.Text;

    /// <param name="octet">As it came.</param>
    /// <param name="answer">Gets our answer to a command.</param>
    /// <returns>A key, or 0 when the octet is none.</returns>
    public int Take(byte octet, List<byte> answer)
    {
        switch (_state)
        {
            case State.Text:
                if (octet != Command) return octet;
                _state = State.Command;
                return 0;
            case State.Command:
                _state = octet switch
                {
                    >= Will => octet == Command ? State.Text : State.Option,
                    Subnegotiation => State.Inside,
                    _ => State.Text,
                };
                _verb = octet;
                return octet switch
                {
                    Command => Command,
                    InterruptProcess or Break => CtrlC,
                    _ => 0,
                };
            case State.Option:
                _state = State.Text;
                Answer(octet, answer);
                return 0;
            case State.Inside:
                if (octet == Command) _state = State.InsideCommand;
                return 0;
            default:
                _state = octet == SubnegotiationEnd ? State.Text : State.Inside;
                return 0;
        }
    }

    // What we offered needs no answer to its acceptance; a refusal of an option that we never had neither.
    private void Answer(byte option, List<byte> answer)
    {
        if (_verb == Do && option is not (Echo or SuppressGoAhead)) answer.AddRange([Command, Wont, option]);
        if (_verb == Will && option != SuppressGoAhead) answer.AddRange([Command, Dont, option]);
    }
}
