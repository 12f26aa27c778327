using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>
/// What is known already of the schema that a storage should have, so that not every migration must be replayed. The default is nothing.
/// </summary>
internal readonly record struct SchemaBasis
{
    /// <summary>That a schema which was found as it should be is so still, if neither it nor the applied ids have changed since.</summary>
    public static SchemaBasis Fingerprint { get; } = new() { TrustsFingerprint = true };

    /// <summary>The schema was as it should be, and then migrations were applied.</summary>
    public static SchemaBasis Before(DatabaseSchema schema, IReadOnlyList<string> versions) =>
        new() { Schema = schema, Versions = versions };

    /// <summary>There was nothing before the migrations that have just made it.</summary>
    public static SchemaBasis New { get; } = new() { IsNew = true };

    public bool TrustsFingerprint { get; private init; }

    public bool IsNew { get; private init; }

    public DatabaseSchema? Schema { get; private init; }

    public IReadOnlyList<string>? Versions { get; private init; }
}
