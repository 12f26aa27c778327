namespace RagStudio.Data.Migrator;

/// <summary>What one small read of a database says.</summary>
/// <param name="Database">The database.</param>
/// <param name="State">What it says of itself.</param>
/// <param name="Plan">What that means for this program.</param>
/// <param name="MissingStamp">The stamps that the database is to keep, where that of this program is not among those that it keeps.</param>
internal sealed record DatabaseReading(
    IMigrationDatabase Database,
    DatabaseState State,
    DatabasePlan Plan,
    string? MissingStamp
);
