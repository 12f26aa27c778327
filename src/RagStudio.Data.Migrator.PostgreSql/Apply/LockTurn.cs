namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>
/// Decides when a run asks for the locks of tables, because everybody waits behind a lock that waits. Who uses a table is
/// known without asking: as long as a transaction does that did so at the look before, it is not asked for. The first
/// questions are short ones.
/// </summary>
internal sealed class LockTurn
{
    /// <summary>The first question is a quarter as long as the longest.</summary>
    private const int FirstPart = 4;

    private HashSet<string>? _users;
    private int _asked;

    /// <summary>Looks who uses the tables.</summary>
    /// <param name="uses">The tables that others use, and their transactions.</param>
    /// <param name="isLast">True if there will be no other look.</param>
    /// <exception cref="TableUseException">It is not yet time to ask.</exception>
    public void Look(IReadOnlyList<TableUse> uses, bool isLast)
    {
        var before = _users;
        var lasting = uses.Where(use => before?.Contains(use.Transaction) != false).ToArray();
        if (lasting.Length > 0 && !isLast)
        {
            _users = Transactions(lasting);
            throw new TableUseException(
                $"{lasting[0].Table} is in use by {string.Join(", ", lasting.Select(use => use.User).Distinct(StringComparer.Ordinal))}"
            );
        }
        _users = Transactions(uses);
    }

    /// <summary>How long to wait for a lock now.</summary>
    /// <param name="longest">The longest time.</param>
    /// <param name="isLast">True if there will be no other question.</param>
    public TimeSpan Ask(TimeSpan longest, bool isLast) =>
        isLast ? longest : longest * Math.Min(1, (double)(1 << Math.Min(_asked++, FirstPart)) / FirstPart);

    private static HashSet<string> Transactions(IEnumerable<TableUse> uses) =>
        uses.Select(use => use.Transaction).ToHashSet(StringComparer.Ordinal);
}
