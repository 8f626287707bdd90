;; Emacs with eglot as docs/editors.md sets it up: diagnostics, a code action and its edit. Prints one line for each.
(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)
(setq eglot-sync-connect 30 eglot-confirm-server-initiated-edits nil flymake-no-changes-timeout 0.1 make-backup-files nil)

(defvar failed 0)
(defun check (name found)
  (princ (format "%s emacs: %s\n" (if found "ok    " "FAILED") name))
  (unless found (setq failed (1+ failed)))
  found)
(defun wait-for (test)
  "What TEST gives when it gives something, within 30 seconds."
  (let ((end (+ (float-time) 30)) found)
    (while (and (not (setq found (funcall test))) (< (float-time) end)) (accept-process-output nil 0.05))
    found))

;; A newer Emacs or a package brings the mode.
(unless (fboundp 'dockerfile-mode) (define-derived-mode dockerfile-mode prog-mode "Dockerfile"))
;; The documented setting; `dockerfile-stages' is on PATH.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((dockerfile-mode dockerfile-ts-mode) . ("dockerfile-stages" "lsp" "--stdio"))))

(find-file (getenv "STAGES_FILE"))
(dockerfile-mode)
(call-interactively #'eglot)
(check "eglot connects" (wait-for #'eglot-current-server))
(check "diagnostics" (wait-for (lambda () (flymake-start) (flymake-diagnostics))))
(let ((first (car (flymake-diagnostics))))
  (check "the diagnostic says it" (string-match-p "only needed to build" (flymake-diagnostic-text first)))
  (goto-char (flymake-diagnostic-beg first)))
;; What `M-x eglot-code-actions' shows, and what its first split does. A key called it, no menu.
(setq last-nonmenu-event ?\r)
(cl-letf (((symbol-function 'completing-read)
           (lambda (_prompt titles &rest _)
             (let ((split (seq-find (lambda (title) (string-prefix-p "Split into builder" title))
                                    (mapcar (lambda (title) (if (consp title) (car title) title)) titles))))
               (check "a code action" split)
               split))))
  (call-interactively #'eglot-code-actions))
(check "its edit is applied" (wait-for (lambda () (string-match-p "AS runtime" (buffer-string)))))
(save-buffer)
(let ((kill-buffer-query-functions nil)) (eglot-shutdown (eglot-current-server)))
(kill-emacs failed)
