using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>accept</c>.</summary>
internal static class AcceptView
{
    public static void Show(IDisplay display, AcceptSummary summary)
    {
        if (summary.Databases.Count == 0)
        {
            display.Line($"Nothing to accept: {summary.Version} was not edited.", Tone.Good);
            return;
        }

        var databases = string.Join(" and ", summary.Databases.Select(database => database.Database));
        display.Line($"Accepted {summary.Version} in {databases}. The history keeps the reason.", Tone.Good);
    }
}
