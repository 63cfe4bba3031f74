/** Buttons that keep the focus of who pressed them, and where it goes when what had it is drawn no more. */
import type { ComponentChildren } from 'preact';

interface ButtonProps {
  readonly id?: string;
  readonly class?: string;
  readonly title?: string;
  readonly 'aria-pressed'?: boolean;
  /** It can do nothing now. Not `disabled`, which would take the focus away, often from who has just pressed it. */
  readonly isOff: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

export function Button({ isOff, onClick, ...others }: ButtonProps) {
  return (
    <button
      type="button"
      {...others}
      {...(isOff && { 'aria-disabled': true })}
      onClick={() => {
        if (!isOff) onClick();
      }}
    />
  );
}

/** For what vanishes as it is pressed: the focus goes on to another element once the page is drawn anew. */
export function focusOn(id: string): void {
  requestAnimationFrame(() => {
    document.getElementById(id)?.focus();
  });
}
