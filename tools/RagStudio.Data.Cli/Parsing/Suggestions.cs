using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>Suggests corrections for a mistyped command or option.</summary>
internal static class Suggestions
{
    private const int MaxEdits = 2;

    /// <summary>Finds the most similar of the command's own words; <see langword="null"/> if none is similar.</summary>
    /// <param name="word">The word that was typed.</param>
    /// <param name="command">The command that it was typed for.</param>
    public static string? For(string word, Command command) =>
        WordsOf(command)
            .Where(known => known.StartsWith('-') == word.StartsWith('-'))
            .Select(known => (Word: known, Edits: Edits(word, known)))
            .Where(near => near.Edits <= Math.Min(MaxEdits, near.Word.Length / 3))
            .OrderBy(near => near.Edits)
            .ThenBy(near => near.Word, StringComparer.Ordinal)
            .Select(near => near.Word)
            .FirstOrDefault();

    private static IEnumerable<string> WordsOf(Command command) =>
        command
            .Subcommands.Where(one => !one.Hidden)
            .Select(one => one.Name)
            .Concat(
                command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Inherited)).Select(one => one.Name)
            );

    private static IEnumerable<Option> Inherited(Command parent) =>
        parent.Options.Where(one => one.Recursive).Concat(parent.Parents.OfType<Command>().SelectMany(Inherited));

    /// <summary>The number of letters to insert, delete, replace or swap with their neighbor.</summary>
    private static int Edits(string one, string other)
    {
        var edits = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                edits[i, j] = Math.Min(i, j) == 0 ? Math.Max(i, j) : Least(edits, i, j, one, other);
            }
        }

        return edits[one.Length, other.Length];
    }

    private static int Least(int[,] edits, int i, int j, string one, string other)
    {
        var replaced = edits[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
        var least = Math.Min(replaced, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
        var isExchanged = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
        return isExchanged ? Math.Min(least, edits[i - 2, j - 2] + 1) : least;
    }
}
