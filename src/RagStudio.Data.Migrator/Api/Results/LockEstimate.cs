namespace RagStudio.Data.Migrator;

/// <summary>
/// For how long a run is expected to hold its table locks, from the first of them to its COMMIT. The time that each
/// migration took in the rehearsal is scaled by the tables that it rewrites or scans, or by all rows if it changes data or has code;
/// what is constant is scaled with it, so that a small sample of a large table promises too long rather than too short.
/// </summary>
/// <param name="Migrations">The expected duration of the migrations.</param>
/// <param name="Checks">
/// The expected duration of the checks before the commit: before a run, that of the same checks that were just made while
/// nothing was locked; in a dry run, that of the rehearsal, scaled by all rows.
/// </param>
public sealed record LockEstimate(TimeSpan Migrations, TimeSpan Checks)
{
    /// <summary>The sum.</summary>
    public TimeSpan Total => Migrations + Checks;
}
