namespace RagStudio.Data.Migrator.Tests;

/// <summary>A migration of a fake database.</summary>
/// <param name="Version">Its id.</param>
/// <param name="Up">Its change of the content.</param>
/// <param name="Down">The change that reverts it; <see langword="null"/> if it cannot be reverted.</param>
/// <param name="Creates">The table that it creates; <see langword="null"/> for none.</param>
/// <param name="Type">
/// The class with the operations and attributes for a plan; <see langword="null"/> for a class without any.
/// </param>
/// <param name="Drops">The table that it drops; <see langword="null"/> for none.</param>
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
