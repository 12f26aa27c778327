namespace RagStudio.Data.Migrator;

/// <summary>
/// States the kind of a migration whose operations do not show it. Without the attribute, a migration of index
/// operations alone is <see cref="MigrationKind.Index"/>, one that only inserts, updates or deletes given rows is
/// <see cref="MigrationKind.Seed"/>, one of SQL alone is <see cref="MigrationKind.Data"/>, and any other is
/// <see cref="MigrationKind.Schema"/>.
/// </summary>
/// <param name="kind">The kind to report.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MigrationKindAttribute(MigrationKind kind) : Attribute
{
    /// <summary>The kind to report.</summary>
    public MigrationKind Kind { get; } = kind;
}
