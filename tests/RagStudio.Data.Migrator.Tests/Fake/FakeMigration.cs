namespace RagStudio.Data.Migrator.Tests;

/// <summary>A migration of a fake database.</summary>
/// <param name="Version">Its id.</param>
/// <param name="Up">What it does to the content.</param>
/// <param name="Down">What undoes it; <see langword="null"/> where nothing does.</param>
/// <param name="Creates">The table that it creates; <see langword="null"/> where it creates none.</param>
/// <param name="Type">The class whose operations and attributes a plan reads; <see langword="null"/> for one that says nothing.</param>
/// <param name="Drops">The table that it drops; <see langword="null"/> where it drops none.</param>
internal sealed record FakeMigration(
    string Version,
    Func<FakeContent, CancellationToken, Task> Up,
    Func<FakeContent, CancellationToken, Task>? Down = null,
    string? Creates = null,
    Type? Type = null,
    string? Drops = null
)
{
    public static FakeMigration Of(string version, Action<FakeContent> up, Action<FakeContent>? down = null) =>
        new(version, Sync(up), down is null ? null : Sync(down));

    /// <summary>Creates a table.</summary>
    public static FakeMigration Table(string version, string table) =>
        Of(version, content => content.Tables.Add(table, []), content => content.Tables.Remove(table)) with
        {
            Creates = table,
        };

    /// <summary>Adds a row.</summary>
    public static FakeMigration Row(string version, string table, string row) =>
        Of(version, content => content.Tables[table].Add(row), content => content.Tables[table].Remove(row));

    public static FakeMigration Failing(string version, Exception failure) => Of(version, _ => throw failure);

    private static Func<FakeContent, CancellationToken, Task> Sync(Action<FakeContent> act) =>
        (content, _) =>
        {
            act(content);
            return Task.CompletedTask;
        };
}
