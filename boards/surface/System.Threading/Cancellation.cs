using System;

[assembly: System.Reflection.AssemblyVersion("1.1.52.34401")]

namespace System.Threading
{
    public struct CancellationToken
    {
        private readonly int _value;
        public static CancellationToken None { get => throw null; }
        public bool IsCancellationRequested { get => throw null; }
        public bool CanBeCanceled { get => throw null; }
        public WaitHandle WaitHandle { get => throw null; }
        public CancellationToken(bool flag) => throw null;
        public CancellationTokenRegistration Register(Action action) => throw null;
        public bool Equals(CancellationToken cancellationToken) => throw null;
        public override bool Equals(object value) => throw null;
        public override int GetHashCode() => throw null;
        public void ThrowIfCancellationRequested() => throw null;
    }

    public struct CancellationTokenRegistration : IDisposable
    {
        private readonly int _value;
        public void Dispose() => throw null;
        public static bool operator ==(CancellationTokenRegistration cancellationTokenRegistration1, CancellationTokenRegistration cancellationTokenRegistration2) => throw null;
        public static bool operator !=(CancellationTokenRegistration cancellationTokenRegistration1, CancellationTokenRegistration cancellationTokenRegistration2) => throw null;
        public override bool Equals(object value) => throw null;
        public bool Equals(CancellationTokenRegistration cancellationTokenRegistration) => throw null;
        public override int GetHashCode() => throw null;
    }

    public class CancellationTokenSource : IDisposable
    {
        public bool IsCancellationRequested { get => throw null; }
        public CancellationToken Token { get => throw null; }
        public CancellationTokenSource(int value) => throw null;
        public CancellationTokenSource(TimeSpan time) => throw null;
        public CancellationTokenSource() => throw null;
        public void Cancel() => throw null;
        public void Cancel(bool flag) => throw null;
        public void CancelAfter(TimeSpan time) => throw null;
        public void CancelAfter(int value) => throw null;
        public void Dispose() => throw null;
    }

    public class OperationCanceledException : SystemException
    {
        public OperationCanceledException() => throw null;
        public OperationCanceledException(string text) => throw null;
        public OperationCanceledException(string text, Exception innerException) => throw null;
    }
}
