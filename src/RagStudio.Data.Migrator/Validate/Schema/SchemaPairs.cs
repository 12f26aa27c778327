namespace RagStudio.Data.Migrator.Validate;

/// <summary>Pairs each expected object with the actual one.</summary>
internal static class SchemaPairs
{
    /// <param name="expected">The expected objects.</param>
    /// <param name="actual">The actual objects.</param>
    /// <param name="areOne">True if the two are a pair.</param>
    /// <param name="missing">Called for an expected object that does not exist.</param>
    /// <param name="both">Called for each pair, even if the two differ.</param>
    /// <param name="extra">Called for an object that is not expected.</param>
    public static void Match<T>(
        IEnumerable<T> expected,
        IEnumerable<T> actual,
        Func<T, T, bool> areOne,
        Action<T> missing,
        Action<T, T> both,
        Action<T> extra
    )
    {
        var left = actual.ToList();
        foreach (var wanted in expected)
        {
            var at = left.FindIndex(there => areOne(wanted, there));
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

    /// <summary>Returns the objects without an equal on the other side.</summary>
    public static (IReadOnlyList<T> Missing, IReadOnlyList<T> Extra) Unlike<T>(
        IEnumerable<T> expected,
        IEnumerable<T> actual,
        Func<T, T, bool> areLike
    )
    {
        var (missing, extra) = (new List<T>(), new List<T>());
        Match(expected, actual, areLike, missing.Add, both: (_, _) => { }, extra.Add);
        return (missing, extra);
    }
}
