using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>
/// What is already known about a storage's expected schema, to avoid replaying every migration. The default
/// is nothing.
/// </summary>
internal readonly record struct SchemaBasis
{
    /// <summary>
    /// A schema that was once found as expected is assumed to be unchanged if neither it nor the applied ids
    /// have changed since.
    /// </summary>
    public static SchemaBasis Fingerprint { get; } = new() { TrustsFingerprint = true, TrustsCompiled = true };

    /// <summary>The same, and a replay that turns out to be needed can wait until nothing is locked any more.</summary>
    public static SchemaBasis Later { get; } = Fingerprint with { ReplaysLater = true };

    /// <summary>
    /// The schema before migrations were applied, whether it was as expected or not: the migrations must have made of it
    /// what they make of it in a replay.
    /// </summary>
    public static SchemaBasis Onto(UncomparedSchema before, IReadOnlyList<string> versions) =>
        Before(before.Schema, versions) with
        {
            Uncompared = before,
        };

    /// <summary>The schema was as expected before migrations were applied.</summary>
    public static SchemaBasis Before(DatabaseSchema schema, IReadOnlyList<string> versions) =>
        new()
        {
            TrustsCompiled = true,
            Schema = schema,
            Versions = versions,
        };

    /// <summary>The database was empty before the migrations that have just created it.</summary>
    public static SchemaBasis New { get; } = new() { IsNew = true };

    public bool TrustsFingerprint { get; private init; }

    /// <summary>True if what the migrations created when they were compiled is what they create.</summary>
    public bool TrustsCompiled { get; private init; }

    public bool ReplaysLater { get; private init; }

    public UncomparedSchema? Uncompared { get; private init; }

    public bool IsNew { get; private init; }

    public DatabaseSchema? Schema { get; private init; }

    public IReadOnlyList<string>? Versions { get; private init; }
}
