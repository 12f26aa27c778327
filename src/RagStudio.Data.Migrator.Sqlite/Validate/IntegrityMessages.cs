using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>The messages of SQLite's integrity check.</summary>
internal sealed class IntegrityMessages
{
    /// <summary>
    /// SQLite stops its check after a hundred messages, and rows that break a constraint count as messages:
    /// structural damage found later would go unreported.
    /// </summary>
    public const int MaxMessages = 10_000_000;

    /// <summary>The number of messages kept individually; the others are assumed to be the worst kind.</summary>
    private const int MaxKept = 10_000;

    private readonly HashSet<string> _kept = [];
    private bool _isCutOff;

    /// <summary>
    /// The number of violating rows of each table. SQLite reports a table once for each row that breaks a
    /// constraint, which leaves the structure sound.
    /// </summary>
    public Dictionary<string, long> Constraints { get; } = [];

    /// <summary>The number of messages that do not concern a constraint.</summary>
    public long Count { get; private set; }

    public void Add(string message)
    {
        if (SqliteConstraint.IsOne(message))
        {
            Constraints[message] = Constraints.GetValueOrDefault(message) + 1;
        }
        else if (message != "ok")
        {
            Count++;
            _isCutOff |= _kept.Count == MaxKept && !_kept.Contains(message);
            if (!_isCutOff)
            {
                _kept.Add(message);
            }
        }
    }

    public void Add(IntegrityMessages other)
    {
        foreach (var (message, count) in other.Constraints)
        {
            Constraints[message] = Constraints.GetValueOrDefault(message) + count;
        }
        Count += other.Count;
        _kept.UnionWith(other._kept);
    }

    /// <summary>Removes and returns the messages that are also in <paramref name="others"/>.</summary>
    public IntegrityMessages Extract(IntegrityMessages others) => Extract(others._kept.Contains);

    /// <summary>Removes and returns the messages that are not in <paramref name="others"/>.</summary>
    public IntegrityMessages ExtractAllBut(IntegrityMessages others) =>
        Extract(message => !others._kept.Contains(message));

    public ValidationFinding Describe(string check, string? table) =>
        new(
            check,
            ValidationErrorKind.Integrity,
            table,
            Count,
            [
                .. _kept
                    .Take(ValidationFinding.MaxNamed)
                    .Select(text => new ValidationError(ValidationErrorKind.Integrity, table, null, text)),
            ]
        );

    private IntegrityMessages Extract(Func<string, bool> isWanted)
    {
        var taken = new IntegrityMessages();
        foreach (var message in _kept.Where(isWanted).ToArray())
        {
            taken.Add(message);
            _kept.Remove(message);
        }
        // A message may occur several times. Those beyond the limit were only counted, and stay with the remainder.
        Count = _kept.Count == 0 && !_isCutOff ? 0 : Math.Max(_kept.Count, Count - taken.Count);
        return taken;
    }
}
