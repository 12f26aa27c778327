namespace RagStudio.Data.Migrator.Providers;

/// <summary>The tables that a run has touched, by the engine's own account.</summary>
public sealed class TouchedTables
{
    private TouchedTables() { }

    /// <summary>
    /// The present and past names of every table of the storage whose rows, columns, indexes or name may have changed.
    /// </summary>
    /// <value><see langword="null"/> if the engine's account may be incomplete.</value>
    public IReadOnlyCollection<string>? Names { get; private init; }

    /// <summary>Why the account may be incomplete, for people.</summary>
    /// <value><see langword="null"/> if it is complete.</value>
    public string? Gap { get; private init; }

    /// <summary>A complete account.</summary>
    /// <param name="names">The names.</param>
    /// <returns>The account.</returns>
    public static TouchedTables Only(IReadOnlyCollection<string> names) => new() { Names = names };

    /// <summary>An account that may be incomplete: everything may have been touched.</summary>
    /// <param name="gap">The reason.</param>
    /// <returns>The account.</returns>
    public static TouchedTables Unknown(string gap) => new() { Gap = gap };
}
