namespace RagStudio.Data.Migrator;

/// <summary>The options of <see cref="IMigrationManager.AdoptAsync"/>.</summary>
public sealed class AdoptOptions
{
    /// <summary>
    /// The version to record: a migration's id, time stamp or name, or <c>0</c> for none at all. It counts for each database
    /// that has such a migration. <b>What differs from it stays different.</b>
    /// </summary>
    /// <value>
    /// Default <see langword="null"/>: the version that a database without any history is equal to. Everything else is refused.
    /// </value>
    public string? Version { get; set; }

    /// <summary>What becomes of tables that rebuilds of EF alone have left behind.</summary>
    /// <value>Default <see cref="LeftoverTables.Keep"/>.</value>
    public LeftoverTables Leftovers { get; set; } = LeftoverTables.Keep;

    /// <summary>
    /// True to do nothing where adopting without a <see cref="Version"/> would be refused, so that a start fails as it does
    /// without adopting.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool OnlyIfCertain { get; set; }

    internal AdoptOptions Copy() => (AdoptOptions)MemberwiseClone();
}
