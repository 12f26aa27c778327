namespace RagStudio.Data.Migrator.Validate;

/// <summary>Finds for each thing that should be there the one that is.</summary>
internal static class SchemaPairs
{
    /// <param name="expected">What should be there.</param>
    /// <param name="actual">What is there.</param>
    /// <param name="keyOf">What makes two of them the same, whatever its case.</param>
    /// <param name="missing">Called for what is not there.</param>
    /// <param name="both">Called for what is there, however it is.</param>
    /// <param name="extra">Called for what should not be there.</param>
    public static void Match<T>(
        IEnumerable<T> expected,
        IEnumerable<T> actual,
        Func<T, string> keyOf,
        Action<T> missing,
        Action<T, T> both,
        Action<T> extra
    )
    {
        var left = actual.ToList();
        foreach (var wanted in expected)
        {
            var at = left.FindIndex(there =>
                string.Equals(keyOf(there), keyOf(wanted), StringComparison.OrdinalIgnoreCase)
            );
            if (at < 0)
            {
                missing(wanted);
                continue;
            }
            both(wanted, left[at]);
            left.RemoveAt(at);
        }
        left.ForEach(extra);
    }

    /// <summary>What has no like on the other side.</summary>
    public static (IReadOnlyList<T> Missing, IReadOnlyList<T> Extra) Unlike<T>(
        IEnumerable<T> expected,
        IEnumerable<T> actual,
        Func<T, T, bool> areLike
    )
    {
        var extra = actual.ToList();
        var missing = new List<T>();
        foreach (var wanted in expected)
        {
            var at = extra.FindIndex(there => areLike(wanted, there));
            if (at < 0)
            {
                missing.Add(wanted);
            }
            else
            {
                extra.RemoveAt(at);
            }
        }
        return (missing, extra);
    }
}
