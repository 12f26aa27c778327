using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>A column in both databases.</summary>
/// <param name="Source">The column that is read.</param>
/// <param name="Target">The column that is written.</param>
/// <param name="Precision">How exactly both keep its values.</param>
internal sealed record CopyColumn(BulkColumn Source, BulkColumn Target, BulkPrecision Precision)
{
    /// <summary>Converts what the source's mapping reads to what the model has.</summary>
    public object? FromSource(object? value) => ToModel(Source, value);

    /// <summary>Converts what the target's mapping reads to what the model has.</summary>
    public object? FromTarget(object? value) => ToModel(Target, value);

    /// <summary>Converts a value of the model to what the target's mapping writes.</summary>
    public object? ToTarget(object? value) =>
        value is not null && Target.Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;

    private static object? ToModel(BulkColumn column, object? value) =>
        value is not null && column.Mapping.Converter is { } converter ? converter.ConvertFromProvider(value) : value;
}
