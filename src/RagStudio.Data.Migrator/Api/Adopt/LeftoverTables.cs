namespace RagStudio.Data.Migrator;

/// <summary>What becomes of tables that rebuilds of EF alone have left behind. No choice removes the only copy of a table.</summary>
public enum LeftoverTables
{
    /// <summary>They stay.</summary>
    Keep,

    /// <summary>Those without rows are dropped.</summary>
    DropEmpty,

    /// <summary>All are dropped, <b>with the rows in them</b>, which only the backup keeps.</summary>
    DropWithRows,
}
