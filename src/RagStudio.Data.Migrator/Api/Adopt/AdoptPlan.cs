namespace RagStudio.Data.Migrator;

/// <summary>What <see cref="IMigrationManager.AdoptAsync"/> would do.</summary>
/// <param name="Databases">The databases of the set.</param>
/// <param name="Duration">The duration of the call.</param>
public sealed record AdoptPlan(IReadOnlyList<DatabaseAdoption> Databases, TimeSpan Duration)
{
    /// <summary>The first reason to refuse it; otherwise <see langword="null"/>.</summary>
    public string? Refusal =>
        Databases.Select(database => database.Refusal).FirstOrDefault(refusal => refusal is not null);

    /// <summary>True if anything would be written.</summary>
    public bool IsChange => Refusal is null && Databases.Any(database => database.IsChange);
}
