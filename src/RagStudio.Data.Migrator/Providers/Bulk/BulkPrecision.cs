namespace RagStudio.Data.Migrator.Providers;

/// <summary>How exactly a column keeps the values of the model.</summary>
[Flags]
public enum BulkPrecision
{
    /// <summary>As they are.</summary>
    Exact = 0,

    /// <summary>JSON by its content: order, white space and the form of numbers may change.</summary>
    JsonContent = 1,

    /// <summary>Times to the microsecond, and as instants if they have an offset.</summary>
    Microseconds = 2,
}
