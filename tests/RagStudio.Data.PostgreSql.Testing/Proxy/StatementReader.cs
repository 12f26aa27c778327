using System.Text;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>Knows what a client runs: the text of a query, or of the prepared statement that it executes.</summary>
internal sealed class StatementReader
{
    private readonly Dictionary<string, string> _prepared = [];

    /// <summary>The statement that a message runs; <see langword="null"/> if it runs none.</summary>
    public string? Read(byte[] message)
    {
        switch ((char)message[0])
        {
            case 'Q':
                return Texts(message, 1)[0];
            case 'P' when Texts(message, 2) is [var name, var text]:
                _prepared[name] = text;
                return null;
            // A portal and the name of a statement: it is executed next.
            case 'B':
                return _prepared.GetValueOrDefault(Texts(message, 2)[1]);
            default:
                return null;
        }
    }

    /// <summary>Whether the server answers with "ready" to the message.</summary>
    public static bool AsksForAnswer(byte[] message) => (char)message[0] is 'Q' or 'S';

    private static string[] Texts(byte[] message, int count)
    {
        var texts = new string[count];
        var rest = message.AsSpan(5);
        for (var i = 0; i < count; i++)
        {
            var end = rest.IndexOf((byte)0);
            texts[i] = Encoding.UTF8.GetString(rest[..end]);
            rest = rest[(end + 1)..];
        }
        return texts;
    }
}
