using RagStudio.Data.Migrator.Providers;

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
    public static SchemaBasis Fingerprint { get; } = new() { TrustsFingerprint = true };

    /// <summary>The schema was as expected before migrations were applied.</summary>
    public static SchemaBasis Before(DatabaseSchema schema, IReadOnlyList<string> versions) =>
        new() { Schema = schema, Versions = versions };

    /// <summary>The database was empty before the migrations that have just created it.</summary>
    public static SchemaBasis New { get; } = new() { IsNew = true };

    public bool TrustsFingerprint { get; private init; }

    public bool IsNew { get; private init; }

    public DatabaseSchema? Schema { get; private init; }

    public IReadOnlyList<string>? Versions { get; private init; }
}
