using System.Globalization;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Verifies the hashes of one storage's history, line by line in the order of the ids, keeping only a few in memory.
/// Each change is reported once, for the first line that shows it. Lines of an earlier version, which stored no hashes,
/// may precede the first line that has one.
/// </summary>
/// <param name="table">The name of the history in findings.</param>
public sealed class HistoryChain(string table)
{
    /// <summary>The name of the check.</summary>
    public const string Check = "history";

    private const int MaxEnds = 16;

    /// <summary>Hashes that no line has continued yet, newest last: one, as long as the chain is intact.</summary>
    private readonly List<string?> _ends = [];

    private readonly List<ValidationError> _first = [];
    private long _count;
    private long _lastId;

    /// <summary>Verifies the next line.</summary>
    /// <param name="id">The line's number.</param>
    /// <param name="hash">The hash stored with it; <see langword="null"/> if there is none.</param>
    /// <param name="fields">Its fields as <see cref="RecordHash.FieldsOf"/> renders them.</param>
    public void Add(long id, string? hash, IReadOnlyList<string?> fields)
    {
        var isLegacy = hash is null && _ends.Count == 0;
        if (!isLegacy)
        {
            Follow(id, hash, fields);
        }
        _lastId = id;
    }

    /// <summary>Completes the verification.</summary>
    /// <param name="lastId">The greatest number that the storage has ever assigned to a line.</param>
    /// <returns>The findings; empty if the chain is intact.</returns>
    public IReadOnlyList<ValidationFinding> Complete(long lastId)
    {
        if (_ends.Count == 0 && _lastId > 0)
        {
            Tell(_lastId, $"the hashes of line {_lastId} and of those before it were removed");
        }
        else if (lastId > _lastId)
        {
            ReportMissing(_lastId + 1, lastId, "");
        }
        return _count == 0
            ? []
            : [new ValidationFinding(Check, ValidationErrorKind.HistoryTampered, table, _count, [.. _first])];
    }

    private void Follow(long id, string? hash, IReadOnlyList<string?> fields)
    {
        if (_ends.Count == 0)
        {
            _ends.Add(null);
        }
        var isGap = id > _lastId + 1;
        if (hash is not null && Continues(hash, fields))
        {
            if (isGap)
            {
                ReportMissing(_lastId + 1, id - 1, "");
            }
            return;
        }
        if (isGap)
        {
            ReportMissing(_lastId + 1, id - 1, $", so that line {id} cannot be verified");
        }
        else
        {
            Tell(id, Describe(id, hash));
        }
        // The next line continues this one: as it was if its hash was changed, as its hash says if its content was.
        AddEnd(RecordHash.Compute(_ends[^1], fields));
        AddEnd(hash);
    }

    /// <summary>
    /// Returns true if a line continues one of the ends, which is then removed: a line has one successor.
    /// </summary>
    private bool Continues(string hash, IReadOnlyList<string?> fields)
    {
        var end = _ends.FindLastIndex(previous => RecordHash.Compute(previous, fields) == hash);
        if (end < 0)
        {
            return false;
        }
        _ends.RemoveAt(end);
        _ends.Add(hash);
        return true;
    }

    private void AddEnd(string? hash)
    {
        if (hash is null)
        {
            return;
        }
        _ends.Add(hash);
        if (_ends.Count > MaxEnds)
        {
            _ends.RemoveAt(0);
        }
    }

    private static string Describe(long id, string? hash) =>
        hash is null
            ? $"line {id} has no hash, as those before it have: it was inserted, or its hash was removed"
            : $"line {id} does not continue the line before it: one of them was changed, or line {id} was inserted or moved";

    private void ReportMissing(long first, long last, string consequence) =>
        Tell(
            first,
            first == last
                ? $"line {first} was removed{consequence}"
                : $"lines {first} to {last} were removed{consequence}"
        );

    private void Tell(long id, string detail)
    {
        _count++;
        if (_first.Count < ValidationFinding.MaxNamed)
        {
            var name = id.ToString(CultureInfo.InvariantCulture);
            _first.Add(new ValidationError(ValidationErrorKind.HistoryTampered, table, name, detail));
        }
    }
}
