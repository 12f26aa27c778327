namespace RagStudio.Data.Migrator;

internal static class DataStateText
{
    /// <summary>Describes the state in the sentence that ends an error's message.</summary>
    public static string Sentence(this DataState state) =>
        state switch
        {
            DataState.Unchanged => "Nothing was changed.",
            DataState.Restored => "Every database is as it was before.",
            _ => "The databases were left as they are.",
        };
}
