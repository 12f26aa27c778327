namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>How often a test tries its luck: RAGSTUDIO_ROUNDS times, by the commands that CONTRIBUTING.md names.</summary>
internal static class Rounds
{
    public static int Or(int few) =>
        int.TryParse(Environment.GetEnvironmentVariable("RAGSTUDIO_ROUNDS"), out var rounds) ? rounds : few;
}
