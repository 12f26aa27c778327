using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// A model that is built on first use. A migration that creates tables, indexes and columns has all that its SQL needs
/// in its operations, while building its model takes longer than all the rest.
/// </summary>
internal class DeferredModel : DispatchProxy
{
    private Lazy<IModel> _model = null!;

    public static IModel Create(Func<IModel> build)
    {
        var model = Create<IModel, DeferredModel>();
        ((DeferredModel)(object)model)._model = new Lazy<IModel>(build);
        return model;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Invoke(_model.Value, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
}
