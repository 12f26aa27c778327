namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Counts how the databases were found after kills.</summary>
internal sealed class KillOutcomes
{
    /// <summary>In as many rounds, chance leaves out no outcome.</summary>
    private const int Many = 50;

    private int _before;
    private int _after;
    private int _resolved;

    private int Rounds => _before + _after;

    /// <param name="isMigrated">True if both databases are as after the run, false if as before it.</param>
    /// <param name="isResolved">True if the kill had left something that the next start completed or undid.</param>
    public void Add(bool isMigrated, bool isResolved)
    {
        (_before, _after) = isMigrated ? (_before, _after + 1) : (_before + 1, _after);
        _resolved += isResolved ? 1 : 0;
    }

    /// <summary>Kills that all come at the same side of the commit prove nothing of the other.</summary>
    public void DemandAll()
    {
        if (Rounds >= Many)
        {
            Assert.That(new[] { _before, _after, _resolved }, Is.All.Positive, ToString());
        }
    }

    public override string ToString() =>
        $"{Rounds} kills, {_before} before, {_after} after, of which the next start had to resolve {_resolved}";
}
